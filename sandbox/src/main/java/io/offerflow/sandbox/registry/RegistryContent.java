package io.offerflow.sandbox.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The content of the registry, as the fold of its changes. Not safe for use by several threads. */
final class RegistryContent {

    /** A version of a subject; listed until it is deleted. */
    record SubjectVersion(String subject, int number, int id, boolean deleted) {
    }

    private final Map<Integer, String> textById = new HashMap<>();
    private final Map<String, Integer> idByText = new HashMap<>();
    private final SortedMap<String, SortedMap<Integer, SubjectVersion>> subjects = new TreeMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private CompatibilityLevel globalLevel = CompatibilityLevel.BACKWARD;
    private int highestId;

    void apply(RegistryChange change) {
        switch (change) {
            case RegistryChange.VersionAdded added -> add(added);
            case RegistryChange.VersionDeleted deleted -> subjects.get(deleted.subject())
                    .computeIfPresent(deleted.version(),
                            (number, is) -> new SubjectVersion(is.subject(), is.number(), is.id(), true));
            case RegistryChange.VersionErased erased -> erase(erased);
            case RegistryChange.LevelSet set -> levels.put(set.subject(), set.level());
            case RegistryChange.LevelRemoved removed -> levels.remove(removed.subject());
            case RegistryChange.GlobalLevelSet set -> globalLevel = set.level();
        }
    }

    private void add(RegistryChange.VersionAdded added) {
        textById.put(added.id(), added.schema());
        idByText.put(added.schema(), added.id());
        highestId = Math.max(highestId, added.id());
        subjects.computeIfAbsent(added.subject(), name -> new TreeMap<>()).put(added.version(),
                new SubjectVersion(added.subject(), added.version(), added.id(), false));
    }

    private void erase(RegistryChange.VersionErased erased) {
        SortedMap<Integer, SubjectVersion> versions = subjects.get(erased.subject());
        versions.remove(erased.version());
        if (versions.isEmpty()) {
            subjects.remove(erased.subject());
        }
    }

    /** The id that the text of a schema has, or a new one: ids are never reused. */
    int idFor(String text) {
        return idByText.getOrDefault(text, highestId + 1);
    }

    String text(SubjectVersion version) {
        return textById.get(version.id());
    }

    /** Names of the subjects that have a listed version, or any version. */
    List<String> subjects(boolean deletedToo) {
        return subjects.keySet().stream().filter(subject -> !versions(subject, deletedToo).isEmpty()).toList();
    }

    /** Versions of a subject, oldest first; empty if there is no such subject. */
    List<SubjectVersion> versions(String subject, boolean deletedToo) {
        return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
                .filter(version -> deletedToo || !version.deleted()).toList();
    }

    /** All versions in all subjects with this id, including deleted ones. */
    List<SubjectVersion> versionsWith(int id) {
        List<SubjectVersion> found = new ArrayList<>();
        subjects.values().forEach(versions -> versions.values().stream()
                .filter(version -> version.id() == id).forEach(found::add));
        return found;
    }

    Optional<CompatibilityLevel> ownLevel(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    CompatibilityLevel globalLevel() {
        return globalLevel;
    }
}
