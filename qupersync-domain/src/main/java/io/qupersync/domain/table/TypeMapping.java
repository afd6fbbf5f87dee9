package io.qupersync.domain.table;

/// What becomes of a source type in a target type.
public sealed interface TypeMapping {

  /// Every value arrives as it is.
  record Exact() implements TypeMapping {}

  /// Every value arrives, in a type that could hold more.
  record Widened(Converter converter) implements TypeMapping {}

  /// A value that the target type can hold arrives exactly, any other is rejected.
  record Narrowed(Converter converter) implements TypeMapping {}

  /// The target reads the text by rules of its own. A value arrives when the text that comes back
  /// is the text that went in, any other is rejected; only the target can tell, when it is written.
  record Checked(Converter converter) implements TypeMapping {}

  /// Values arrive with a known loss the user asked for by naming the type.
  record Lossy(Converter converter, String loss) implements TypeMapping {}

  /// No value could arrive.
  record Refused(String reason) implements TypeMapping {}
}
