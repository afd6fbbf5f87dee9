package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.run.Lease;
import io.qupersync.infrastructure.store.CommitJournal;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What a load works with.
///
/// @param beginsEmpty whether the target held nothing when the load began
/// @param keysAreExact whether rows that look different have different keys
/// @param longWay made when a batch needs it: most runs are small
/// @param leaseStands asks, over another session, whether no other run has taken over
record LoadParts(
    SingleStatementUpsert atOnce,
    boolean beginsEmpty,
    boolean keysAreExact,
    Supplier<StagedUpsert> longWay,
    CommitJournal book,
    Predicate<Lease> leaseStands) {}
