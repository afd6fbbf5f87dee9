package io.qupersync.infrastructure.aws;

import io.qupersync.domain.run.FailureKind;
import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshiftserverless.RedshiftServerlessClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// AWS, through its SDK, which retries what passes by itself. Each question has a client of its
/// own: there is one in an hour, and what is not kept cannot grow old. Nothing of the SDK is loaded
/// before the first. Safe for use by many threads.
public final class Aws {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration ALL_TRIES = Duration.ofMinutes(1);

  private final AwsSettings settings;

  public Aws(AwsSettings settings) {
    this.settings = settings;
  }

  /// What is asked, for messages.
  ///
  /// @param action as policies name it, such as `redshift:DescribeClusters`
  /// @param about whom it concerns, such as `cluster 'metrics'`
  /// @param key the key of the configuration that names it
  /// @param purpose what the answer is for
  record Question(String action, String about, String key, Purpose purpose) {
    /// On the way to a connection.
    Question(String action, String about, String key) {
      this(action, about, key, Purpose.CONNECTION);
    }
  }

  /// What an answer is for, and so what fails without it.
  enum Purpose {
    CONNECTION("connect", FailureKind.UNREACHABLE),
    NODES("read the cluster's nodes", FailureKind.SOURCE);

    private final String step;
    private final FailureKind refused;

    Purpose(String step, FailureKind refused) {
      this.step = step;
      this.refused = refused;
    }

    /// In words that follow "cannot".
    String step() {
      return step;
    }

    /// Whose fault it is when AWS refuses for good.
    FailureKind refused() {
      return refused;
    }
  }

  /// What AWS tells of a cluster.
  Cluster cluster(RedshiftDeployment.Cluster cluster, Purpose purpose) {
    var question =
        new Question(
            "redshift:DescribeClusters", cluster.toString(), "source.cluster_identifier", purpose);
    return redshift(
        question,
        client ->
            client
                .describeClusters(ask -> ask.clusterIdentifier(cluster.identifier()))
                .clusters()
                .getFirst());
  }

  <T> T redshift(Question question, Function<RedshiftClient, T> work) {
    return ask(question, RedshiftClient.builder(), work);
  }

  <T> T serverless(Question question, Function<RedshiftServerlessClient, T> work) {
    return ask(question, RedshiftServerlessClient.builder(), work);
  }

  <T> T secrets(Question question, Function<SecretsManagerClient, T> work) {
    return ask(question, SecretsManagerClient.builder(), work);
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient, T>
      T ask(Question question, B builder, Function<C, T> work) {
    builder.httpClientBuilder(
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER));
    builder.overrideConfiguration(
        how -> how.retryStrategy(RetryMode.STANDARD).apiCallTimeout(ALL_TRIES));
    builder.credentialsProvider(credentials());
    settings.region().map(Region::of).ifPresent(builder::region);
    settings.endpoint().ifPresent(builder::endpointOverride);
    try (C client = builder.build()) {
      return work.apply(client);
    } catch (SdkException failure) {
      throw AwsFailures.of(question, settings, failure);
    }
  }

  private AwsCredentialsProvider credentials() {
    return settings
        .keys()
        .<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(credentials(keys)))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentials credentials(AwsSettings.Keys keys) {
    String secret = keys.secretAccessKey().reveal();
    return keys.sessionToken()
        .<AwsCredentials>map(
            token -> AwsSessionCredentials.create(keys.accessKeyId(), secret, token.reveal()))
        .orElseGet(() -> AwsBasicCredentials.create(keys.accessKeyId(), secret));
  }
}
