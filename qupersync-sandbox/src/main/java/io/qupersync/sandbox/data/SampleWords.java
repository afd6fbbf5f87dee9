package io.qupersync.sandbox.data;

import java.util.List;

/// The words that generated names and texts are made of; not all of them are ASCII, as in real
/// life.
final class SampleWords {
  static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  static final List<String> SCHEMAS =
      List.of("sales", "finance", "logistics", "marketing", "web", "staging", "ref");

  static final List<String> SUBJECTS =
      List.of(
          "order",
          "invoice",
          "shipment",
          "customer",
          "campaign",
          "session",
          "product",
          "refund",
          "payment",
          "supplier",
          "warehouse",
          "click",
          "budget",
          "forecast",
          "contract",
          "ticket",
          "visit",
          "basket");

  static final List<String> FORMS =
      List.of("line", "fact", "dim", "daily", "history", "snapshot", "event", "summary");

  static final List<String> ATTRIBUTES =
      List.of(
          "status",
          "amount",
          "quantity",
          "region",
          "country",
          "currency",
          "note",
          "channel",
          "discount",
          "weight",
          "priority",
          "category",
          "e_mail",
          "tax_rate",
          "is_active",
          "valid_from",
          "valid_to",
          "created_at",
          "updated_at",
          "payload",
          "größe",
          "score");

  static final List<String> DATABASE_USERS =
      List.of(
          "bi_reader",
          "etl",
          "analyst_anna",
          "analyst_josé",
          "dbt",
          "airflow",
          "finance_app",
          "rdsdb");

  static final List<String> APPLICATIONS =
      List.of(
          "Dashboard 4",
          "dbt 1.9",
          "Airflow/etl_nightly",
          "Metabase",
          "DBeaver 25.1 - Main",
          "[main]com.acme.Etl.main(Etl.java:42)",
          "psql",
          "Tableau 2025.3",
          "予算レポート");

  static final List<String> DRIVERS =
      List.of(
          "Redshift JDBC Driver 2.2.6",
          "Redshift JDBC Driver 2.1.0.33",
          "Redshift ODBC Driver 2.1.7",
          "Redshift Python Driver 2.1.8");

  static final List<String> SYSTEMS =
      List.of("Linux 6.1.0 amd64", "Windows Server 2022 10.0 amd64", "Mac OS X 15.4 aarch64");

  static final List<String> LABELS =
      List.of("default", "dash_daily", "etl_nightly", "adhoc", "finance_close");

  static final List<String> ERRORS =
      List.of(
          "Check 'stl_load_errors' system table for details",
          "1023 DETAIL: Serializable isolation violation on table",
          "Query (%d) cancelled on user's request",
          "permission denied for relation",
          "Disk Full",
          "Division by zero");

  static final List<String> QUERY_TEXTS =
      List.of(
          "select %2$s, count(*) from %1$s group by 1 order by 2 desc",
          "select * from %1$s where %2$s like '%%東京%%' limit 100",
          "/* 週次レポート 📈 */ select max(%2$s) from %1$s",
          "select 'naïve café ☕' as note, min(%2$s) from %1$s -- Übersicht",
          "with recent as (\\n  select * from %1$s\\n  where loaded_at > getdate() - 1\\n)"
              + "\\nselect count(distinct %2$s) from recent",
          "select a.%2$s, sum(b.amount) from %1$s a\n\tjoin sales.calendar b using (day)\ngroup by 1",
          "select %2$s from %1$s where path = 'C:\\temp\\new' and quote = 'it''s'");

  private SampleWords() {}
}
