package io.qupersync.application.sync;

import io.qupersync.application.port.Pause;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Time, waiting and chance.
public record TimeSources(InstantSource clock, Pause pause, RandomGenerator random) {}
