package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.postgres.TableTraits.Trait;
import io.qupersync.infrastructure.postgres.TargetColumn.Collation;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Reads what the target's catalog says of a table: all that a run must know of it in one question.
final class TargetCatalog {

  // by name, with pg_catalog alone: planned once for each session, and for all tables
  private static final String TABLE =
      """
      select c.oid, c.relkind, case when c.relkind = 'r' then pg_relation_size(c.oid) = 0 end as is_empty,
        k.unique_keys, g.may_swallow,
        c.relhasrules and c.relkind in ('r', 'p') and exists (
          select from pg_rewrite w
          where w.ev_class = c.oid and w.ev_enabled in ('O', 'A') and w.ev_type <> '1') as has_rules,
        c.relhassubclass and c.relkind = 'r' and exists (
          select from pg_inherits h where h.inhparent = c.oid) as has_children,
        array(select x.relname from pg_index i join pg_class x on x.oid = i.indexrelid
          where i.indrelid = c.oid and starts_with(x.relname::text, 'qupersync_open_')) as open_indexes,
        pg_has_role(c.relowner, 'usage') as is_own,
        a.attidentity = 'a' as is_identity, a.attgenerated <> '' as is_computed,
        a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) as type,
        t.typtype = 'd' as is_domain, t.typnamespace = 'pg_catalog'::regnamespace as is_built_in,
        a.attnotnull,
        a.atthasdef or a.attidentity <> '' as fills_itself,
        coalesce(not o.collisdeterministic, false) as lenient,
        case when a.attcollation <> t.typcollation then (
          select format('%I.%I', l.nspname, o.collname) from pg_namespace l
          where l.oid = o.collnamespace) end as own_collation,
        -- 11 is pg_catalog, 403 a b-tree, 3 its equality
        case when t.typnamespace <> 11 then (
          select e.nspname from pg_opclass k
          join pg_amop m on m.amopfamily = k.opcfamily and m.amopstrategy = 3
            and m.amoplefttype = k.opcintype and m.amoprighttype = k.opcintype
          join pg_operator p on p.oid = m.amopopr
          join pg_namespace e on e.oid = p.oprnamespace
          where k.opcmethod = 403 and k.opcdefault and e.oid <> 11
            and k.opcintype = case when t.typtype = 'd' then t.typbasetype else t.oid end) end as operators
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      cross join lateral (
        select array_agg(i.indnkeyatts || ' ' || i.indkey::text order by i.indexrelid) as unique_keys
        from pg_index i
        where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indimmediate
          and i.indpred is null and i.indexprs is null) as k
      cross join lateral (
        select exists (
          select from pg_trigger
          where (tgrelid = c.oid
              or tgrelid in (select relid from pg_partition_tree(c.oid) where c.relkind = 'p'))
            and tgtype & 3 = 3 and tgtype & 20 <> 0 and tgenabled <> 'D'
            and not tgisinternal) as may_swallow) as g
      left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_type t on t.oid = a.atttypid
      left join pg_collation o on o.oid = a.attcollation
      where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c', 'i', 'I')
      order by a.attnum
      """;

  private static final String BENEATH_DOMAINS =
      """
      with recursive unfolded as (
        select attnum, atttypid as type, atttypmod as size from pg_attribute
        where attrelid = ? and attnum > 0 and not attisdropped
        union all
        select u.attnum, t.typbasetype, case when t.typtypmod >= 0 then t.typtypmod else u.size end
        from unfolded u join pg_type t on t.oid = u.type where t.typtype = 'd')
      select u.attnum, format_type(u.type, u.size) as type,
        t.typnamespace = 'pg_catalog'::regnamespace as is_built_in
      from unfolded u join pg_type t on t.oid = u.type and t.typtype <> 'd'
      """;

  private static final String SCHEMA = "select 1 from pg_namespace where nspname = ?";

  private final Connection connection;

  TargetCatalog(Connection connection) {
    this.connection = connection;
  }

  boolean hasSchema(String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SCHEMA)) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  Optional<TargetTable> find(TableRef table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
      statement.setString(1, table.schema().value());
      statement.setString(2, table.name().value());
      ResultSet row = statement.executeQuery();
      return row.next() ? Optional.of(read(table, row)) : Optional.empty();
    }
  }

  /// @param row the first of the table, one for each column
  private TargetTable read(TableRef table, ResultSet row) throws SQLException {
    long oid = row.getLong("oid");
    TargetTable.Kind kind = kind(row.getString("relkind"));
    boolean isEmpty = row.getBoolean("is_empty");
    boolean maySwallow = row.getBoolean("may_swallow");
    Array uniqueKeys = row.getArray("unique_keys");
    Set<Trait> traits = traits(row);
    List<String> openIndexes = List.of((String[]) row.getArray("open_indexes").getArray());
    var identities = new ArrayList<String>();
    var computed = new ArrayList<String>();
    var columns = new LinkedHashMap<Integer, TargetColumn>();
    var domains = new ArrayList<String>();
    do {
      int number = row.getInt("attnum");
      if (!row.wasNull()) {
        columns.put(number, column(row));
        if (row.getBoolean("is_identity")) {
          identities.add(row.getString("attname"));
        }
        if (row.getBoolean("is_computed")) {
          computed.add(row.getString("attname"));
        }
        if (row.getBoolean("is_domain")) {
          domains.add(row.getString("attname"));
        }
      }
    } while (row.next());
    if (!domains.isEmpty()) {
      lookBeneathDomains(oid, columns);
    }
    return new TargetTable(
        table,
        oid,
        kind,
        List.copyOf(columns.values()),
        uniqueKeys == null ? List.of() : keys((String[]) uniqueKeys.getArray(), columns),
        kind == TargetTable.Kind.PARTITIONED ? holdsNoRow(table) : isEmpty,
        maySwallow,
        new TableTraits(traits, identities, computed, domains, openIndexes));
  }

  private static Set<Trait> traits(ResultSet row) throws SQLException {
    var traits = EnumSet.noneOf(Trait.class);
    if (row.getBoolean("has_rules")) {
      traits.add(Trait.RULES);
    }
    if (row.getBoolean("has_children")) {
      traits.add(Trait.CHILDREN);
    }
    if (row.getBoolean("is_own")) {
      traits.add(Trait.OWN);
    }
    return traits;
  }

  private static TargetTable.Kind kind(String relkind) {
    return switch (relkind) {
      case "r" -> TargetTable.Kind.ORDINARY;
      case "p" -> TargetTable.Kind.PARTITIONED;
      case "S" -> TargetTable.Kind.SEQUENCE;
      case "c" -> TargetTable.Kind.TYPE;
      case "i", "I" -> TargetTable.Kind.INDEX;
      default -> TargetTable.Kind.OTHER;
    };
  }

  private static TargetColumn column(ResultSet row) throws SQLException {
    var column = new Column(row.getString("attname"), type(row), !row.getBoolean("attnotnull"));
    return new TargetColumn(
        column,
        row.getBoolean("fills_itself"),
        row.getBoolean("lenient") ? Collation.LENIENT : Collation.EXACT,
        Optional.ofNullable(row.getString("own_collation")),
        Optional.ofNullable(row.getString("operators")).map(Identifier::new));
  }

  /// A type that is not ours keeps the very name the catalog gives it, quotes and capitals too.
  private static ColumnType type(ResultSet row) throws SQLException {
    String formatted = row.getString("type");
    if (!row.getBoolean("is_built_in")) {
      // somebody may have called theirs `string`, which is our word for another
      return new ColumnType.Other(formatted);
    }
    try {
      ColumnType type = ColumnType.parse(formatted);
      return type instanceof ColumnType.Other ? new ColumnType.Other(formatted) : type;
    } catch (IllegalArgumentException strange) {
      return new ColumnType.Other(formatted);
    }
  }

  /// A domain is followed down to the type beneath it. Domains are rare, and this costs as much as
  /// all the rest.
  private void lookBeneathDomains(long oid, Map<Integer, TargetColumn> columns)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BENEATH_DOMAINS)) {
      statement.setLong(1, oid);
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        ColumnType type = type(row);
        columns.computeIfPresent(row.getInt("attnum"), (_, column) -> column.ofType(type));
      }
    }
  }

  /// @param indexes of each, how many of its columns are the key, and the numbers of all
  private static List<List<String>> keys(String[] indexes, Map<Integer, TargetColumn> columns) {
    var keys = new ArrayList<List<String>>();
    for (String index : indexes) {
      String[] numbers = index.split(" ", -1);
      keys.add(
          Arrays.stream(numbers, 1, 1 + Integer.parseInt(numbers[0]))
              .map(number -> columns.get(Integer.valueOf(number)))
              .filter(Objects::nonNull)
              .map(TargetColumn::name)
              .toList());
    }
    return keys;
  }

  /// A partitioned table itself never holds a row; its partitions may.
  private boolean holdsNoRow(TableRef table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select not exists (select from %s)".formatted(table.quoted()))) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
