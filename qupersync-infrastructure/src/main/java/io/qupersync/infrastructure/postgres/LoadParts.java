package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.run.Lease;
import io.qupersync.infrastructure.store.DeadLetters;
import io.qupersync.infrastructure.store.StepBook;
import java.util.Optional;
import java.util.function.Predicate;

/// What a load works with.
///
/// @param leaseStands asks, over another session, whether no other run has taken over
record LoadParts(
    AtOnce atOnce,
    Stage stage,
    StraightCopy straight,
    Optional<Mirror> mirror,
    DeadLetters letters,
    StepBook book,
    Predicate<Lease> leaseStands) {}
