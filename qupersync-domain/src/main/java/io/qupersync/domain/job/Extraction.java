package io.qupersync.domain.job;

import java.util.Optional;

/// What a job reads and how it knows what it has read.
public record Extraction(JobSource source, Optional<WatermarkRule> watermark) {}
