package io.qupersync.sandbox.bench;

/// What a piece of work used up.
///
/// @param seconds that passed
/// @param program seconds of processor time of QuperSync's JVM
/// @param client the same of psql or whoever stood in for it
/// @param source the same of the source's PostgreSQL
/// @param target the same of the target's PostgreSQL
/// @param relay the same of the relay before the source, which is a part of the bench's own JVM
/// @param wal bytes of write-ahead log at the target
/// @param peakMemory bytes that QuperSync's JVM held at most
record Cost(
    double seconds,
    double program,
    double client,
    double source,
    double target,
    double relay,
    long wal,
    long peakMemory) {}
