package io.qupersync.sandbox.aws;

import java.util.Map;
import java.util.stream.Collectors;

/// Answers in the two forms AWS gives them.
final class AwsText {

  private AwsText() {}

  static String refusal(AwsRefusal refusal, boolean json) {
    return json
        ? object(Map.of("__type", quoted(refusal.code()), "message", quoted(refusal.text())))
        : "<ErrorResponse><Error><Type>Sender</Type>%s%s</Error><RequestId>r-1</RequestId></ErrorResponse>"
            .formatted(element("Code", refusal.code()), element("Message", refusal.text()));
  }

  static String element(String name, String text) {
    return "<%1$s>%2$s</%1$s>".formatted(name, escaped(text));
  }

  /// The whole answer of an operation of the older services.
  static String result(String operation, String elements) {
    return "<%1$sResponse xmlns=\"http://redshift.amazonaws.com/doc/2012-12-01/\"><%1$sResult>%2$s</%1$sResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></%1$sResponse>"
        .formatted(operation, elements);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /// @param members by name, their values as JSON
  static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
