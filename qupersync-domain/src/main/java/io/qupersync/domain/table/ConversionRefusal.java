package io.qupersync.domain.table;

/// Why a value cannot be converted. Holds no value: reasons end up in logs.
public record ConversionRefusal(String reason) {}
