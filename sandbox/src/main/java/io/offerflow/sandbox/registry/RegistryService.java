package io.offerflow.sandbox.registry;

import io.offerflow.sandbox.registry.RegistryContent.SubjectVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** The operations of the registry, one at a time: decides, writes the change to the file, then applies it. */
final class RegistryService implements AutoCloseable {

    private final RegistryContent content = new RegistryContent();
    private final RegistryFile file;

    RegistryService(Path path) {
        this.file = RegistryFile.open(path, content::apply);
    }

    /** A version with the schema's text. */
    record FoundSchema(SubjectVersion version, String schema) {
    }

    /** Registers a schema under a subject, unless it is there already; returns its id. */
    synchronized int register(String subject, Schema schema) {
        String text = schema.toString();
        List<SubjectVersion> listed = content.versions(subject, false);
        Optional<SubjectVersion> known = listed.stream()
                .filter(version -> content.text(version).equals(text)).findFirst();
        if (known.isPresent()) {
            return known.get().id();
        }
        List<String> objections = level(subject).objections(schema, schemas(listed));
        if (!objections.isEmpty()) {
            throw RegistryError.incompatible(subject, objections);
        }
        List<SubjectVersion> all = content.versions(subject, true);
        int next = all.isEmpty() ? 1 : all.getLast().number() + 1;
        int id = content.idFor(text);
        change(new RegistryChange.VersionAdded(subject, next, id, text));
        return id;
    }

    /** The version of a subject with this schema. */
    synchronized FoundSchema lookUp(String subject, Schema schema, boolean deletedToo) {
        String text = schema.toString();
        return existing(subject, deletedToo).stream().filter(version -> content.text(version).equals(text))
                .map(this::found).findFirst().orElseThrow(() -> RegistryError.schemaNotUnder(subject));
    }

    synchronized List<String> subjects(boolean deletedToo) {
        return content.subjects(deletedToo);
    }

    synchronized List<Integer> versions(String subject, boolean deletedToo) {
        return existing(subject, deletedToo).stream().map(SubjectVersion::number).toList();
    }

    synchronized FoundSchema version(String subject, String number, boolean deletedToo) {
        return found(pick(subject, number, deletedToo));
    }

    synchronized FoundSchema schema(int id) {
        return found(versionsWith(id).getFirst());
    }

    synchronized List<SubjectVersion> versionsWith(int id) {
        List<SubjectVersion> found = content.versionsWith(id);
        if (found.isEmpty()) {
            throw RegistryError.noSuchSchema(id);
        }
        return found;
    }

    /** Why a schema may not follow the versions of a subject under its level; empty if it may. */
    synchronized List<String> objectionsTo(String subject, Schema schema) {
        return level(subject).objections(schema, schemas(content.versions(subject, false)));
    }

    /** Why a schema may not follow one version of a subject under its level; empty if it may. */
    synchronized List<String> objectionsTo(String subject, String number, Schema schema) {
        if (isLatest(number) && content.versions(subject, false).isEmpty()) {
            return List.of();
        }
        return level(subject).objections(schema, schemas(List.of(pick(subject, number, false))));
    }

    synchronized CompatibilityLevel globalLevel() {
        return content.globalLevel();
    }

    synchronized Optional<CompatibilityLevel> ownLevel(String subject) {
        return content.ownLevel(subject);
    }

    synchronized void setGlobalLevel(CompatibilityLevel level) {
        change(new RegistryChange.GlobalLevelSet(level));
    }

    synchronized void setLevel(String subject, CompatibilityLevel level) {
        change(new RegistryChange.LevelSet(subject, level));
    }

    synchronized void removeLevel(String subject) {
        change(new RegistryChange.LevelRemoved(subject));
    }

    /** Deletes all versions of a subject; returns their numbers. */
    synchronized List<Integer> deleteSubject(String subject, boolean permanently) {
        List<SubjectVersion> all = existing(subject, true);
        List<SubjectVersion> listed = content.versions(subject, false);
        if (permanently && !listed.isEmpty()) {
            throw RegistryError.subjectNotSoftDeleted(subject);
        }
        if (!permanently && listed.isEmpty()) {
            throw RegistryError.subjectSoftDeleted(subject);
        }
        List<SubjectVersion> affected = permanently ? all : listed;
        affected.forEach(version -> delete(version, permanently));
        content.ownLevel(subject).ifPresent(level -> removeLevel(subject));
        return affected.stream().map(SubjectVersion::number).toList();
    }

    /** Deletes one version of a subject; returns its number. */
    synchronized int deleteVersion(String subject, String number, boolean permanently) {
        SubjectVersion version = pick(subject, number, permanently || !isLatest(number));
        if (permanently && !version.deleted()) {
            throw RegistryError.versionNotSoftDeleted(subject, version.number());
        }
        if (!permanently && version.deleted()) {
            throw RegistryError.versionSoftDeleted(subject, version.number());
        }
        delete(version, permanently);
        return version.number();
    }

    private void delete(SubjectVersion version, boolean permanently) {
        change(permanently ? new RegistryChange.VersionErased(version.subject(), version.number())
                : new RegistryChange.VersionDeleted(version.subject(), version.number()));
    }

    private void change(RegistryChange change) {
        file.append(change);
        content.apply(change);
    }

    private CompatibilityLevel level(String subject) {
        return content.ownLevel(subject).orElse(content.globalLevel());
    }

    private List<SubjectVersion> existing(String subject, boolean deletedToo) {
        List<SubjectVersion> versions = content.versions(subject, deletedToo);
        if (versions.isEmpty()) {
            throw RegistryError.noSuchSubject(subject);
        }
        return versions;
    }

    private SubjectVersion pick(String subject, String number, boolean deletedToo) {
        int wanted = isLatest(number) ? 0 : versionNumber(number);
        List<SubjectVersion> versions = existing(subject, deletedToo);
        return wanted == 0 ? versions.getLast() : versions.stream().filter(version -> version.number() == wanted)
                .findFirst().orElseThrow(() -> RegistryError.noSuchVersion(wanted));
    }

    private static boolean isLatest(String number) {
        return number.equals("latest") || number.equals("-1");
    }

    private static int versionNumber(String number) {
        try {
            int parsed = Integer.parseInt(number);
            if (parsed > 0) {
                return parsed;
            }
            throw RegistryError.invalidVersion(number);
        } catch (NumberFormatException e) {
            throw RegistryError.invalidVersion(number);
        }
    }

    private FoundSchema found(SubjectVersion version) {
        return new FoundSchema(version, content.text(version));
    }

    private List<Schema> schemas(List<SubjectVersion> versions) {
        return versions.stream().map(version -> new Schema.Parser().parse(content.text(version))).toList();
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
