package io.qupersync.app.config;

import io.qupersync.app.config.document.Node.Field;
import io.qupersync.app.config.document.Node.Fields;
import io.qupersync.domain.job.Flavor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is said of one job, from the weakest word to the strongest: the built-in job, its form for
/// one flavor, the user's job, the user's form for that flavor.
final class JobLayers {

  private static final String RA3 = "ra3";
  private static final String SYS = "sys";
  private static final List<String> OWN_READING = List.of("source", "key", "mode");

  private final FlavorSetting source;
  private final ViewsSetting views;
  private final boolean hasBuiltIn;
  private final Optional<Section> own;
  private final List<Section> definitions;

  /// @param source which kind of Redshift the user says there is
  /// @param views which system views jobs read there
  /// @param builtIn empty for a job of the user's own
  /// @param own empty for a built-in job the user does not mention
  JobLayers(
      FlavorSetting source, ViewsSetting views, Optional<Section> builtIn, Optional<Section> own) {
    this.source = source;
    this.views = views;
    this.hasBuiltIn = builtIn.isPresent();
    this.own = own;
    this.definitions = List.of(builtIn, own).stream().flatMap(Optional::stream).toList();
  }

  /// Whether it is a built-in job, and reads and is keyed as the program says: the user has his own
  /// word on other things, if any.
  boolean readAsBuiltIn() {
    return hasBuiltIn
        && own.filter(section -> OWN_READING.stream().anyMatch(key -> says(section, key)))
            .isEmpty();
  }

  private static boolean says(Section section, String key) {
    Section forms = section.child("flavors", Keys.FLAVORS);
    return section.has(key)
        || Keys.FLAVORS.names().stream()
            .anyMatch(form ->
                forms.find(form, Keys.FLAVORED_JOB).filter(found -> found.has(key)).isPresent());
  }

  boolean dependOnFlavor() {
    return definitions.stream().anyMatch(section -> section.has("flavors"));
  }

  boolean enabled() {
    return definitions.getLast().read("enabled", Values::flag).orElse(true);
  }

  /// All layers in one, at the place of the strongest.
  Fields on(Flavor flavor) {
    Fields all = Fields.none(definitions.getFirst().place());
    for (Section definition : definitions) {
      all = ConfigMerge.over(withoutFlavors(definition.fields()), all);
      all = ConfigMerge.over(formFor(flavor, definition), all);
    }
    return all.at(definitions.getLast().place());
  }

  private static Fields withoutFlavors(Fields fields) {
    Map<String, Field> kept = new LinkedHashMap<>(fields.fields());
    kept.remove("flavors");
    return new Fields(fields.place(), kept);
  }

  /// What a definition says for `ra3` stands in the place of what it says for `provisioned`. With
  /// `views: sys` so does what it says for `sys` or else for `serverless`.
  private Fields formFor(Flavor flavor, Section definition) {
    Section forms = definition.child("flavors", Keys.FLAVORS);
    return names(flavor).stream()
        .flatMap(name -> forms.find(name, Keys.FLAVORED_JOB).stream())
        .findFirst()
        .map(form -> known(form.fields()))
        .orElseGet(() -> Fields.none(definition.place()));
  }

  /// The forms that may hold, the strongest first.
  private List<String> names(Flavor flavor) {
    var names = new ArrayList<String>();
    if (flavor == Flavor.PROVISIONED && source == FlavorSetting.RA3) {
      names.add(RA3);
    }
    if (flavor == Flavor.PROVISIONED && views == ViewsSetting.SYS) {
      names.add(SYS);
      names.add(Values.word(Flavor.SERVERLESS, '-'));
    }
    names.add(Values.word(flavor, '-'));
    return names;
  }

  /// Without keys that have no place here, and have been told as problems already.
  private static Fields known(Fields form) {
    Map<String, Field> kept = new LinkedHashMap<>(form.fields());
    kept.keySet().retainAll(Keys.FLAVORED_JOB.names());
    return new Fields(form.place(), kept);
  }
}
