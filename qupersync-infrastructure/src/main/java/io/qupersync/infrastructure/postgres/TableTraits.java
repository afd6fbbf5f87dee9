package io.qupersync.infrastructure.postgres;

import java.util.List;
import java.util.Set;

/// What makes a target table treat some ways of writing to it otherwise than others.
///
/// @param identities columns that are `generated always as identity`
/// @param computed columns that PostgreSQL itself fills from others
/// @param domains columns whose type is a domain, which restricts the type beneath
/// @param openIndexes indexes by which open rows are found, by name
record TableTraits(
    Set<Trait> traits,
    List<String> identities,
    List<String> computed,
    List<String> domains,
    List<String> openIndexes) {

  enum Trait {
    /// Rules that rewrite statements: COPY passes them by, and `on conflict` is refused.
    RULES,
    /// Tables that inherit from it: their rows are seen in it, and its unique index does not hold
    /// for them.
    CHILDREN,
    /// Our user may alter it.
    OWN
  }

  TableTraits {
    traits = Set.copyOf(traits);
    identities = List.copyOf(identities);
    computed = List.copyOf(computed);
    domains = List.copyOf(domains);
    openIndexes = List.copyOf(openIndexes);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
