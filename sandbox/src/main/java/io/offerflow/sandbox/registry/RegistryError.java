package io.offerflow.sandbox.registry;

/** An error answer of the registry, with the codes of Confluent's registry. */
final class RegistryError extends RuntimeException {

    private final int status;
    private final int code;

    private RegistryError(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static RegistryError plain(int status, String message) {
        return new RegistryError(status, status, message);
    }

    static RegistryError noSuchSubject(String subject) {
        return new RegistryError(404, 40401, "Subject '%s' not found.".formatted(subject));
    }

    static RegistryError noSuchVersion(Object version) {
        return new RegistryError(404, 40402, "Version %s not found.".formatted(version));
    }

    static RegistryError noSuchSchema(int id) {
        return new RegistryError(404, 40403, "Schema %d not found".formatted(id));
    }

    static RegistryError schemaNotUnder(String subject) {
        return new RegistryError(404, 40403, "Schema not found under subject '%s'".formatted(subject));
    }

    static RegistryError subjectSoftDeleted(String subject) {
        return new RegistryError(404, 40404,
                "Subject '%s' was soft deleted; set permanent=true to delete it for good".formatted(subject));
    }

    static RegistryError subjectNotSoftDeleted(String subject) {
        return new RegistryError(404, 40405,
                "Subject '%s' was not deleted first before being permanently deleted".formatted(subject));
    }

    static RegistryError versionSoftDeleted(String subject, int version) {
        return new RegistryError(404, 40406, "Subject '%s' version %d was soft deleted; set permanent=true to delete "
                .formatted(subject, version) + "it for good");
    }

    static RegistryError versionNotSoftDeleted(String subject, int version) {
        return new RegistryError(404, 40407, "Subject '%s' version %d was not deleted first before being permanently "
                .formatted(subject, version) + "deleted");
    }

    static RegistryError noLevel(String subject) {
        return new RegistryError(404, 40408,
                "Subject '%s' does not have subject-level compatibility configured".formatted(subject));
    }

    static RegistryError noMode(String subject) {
        return new RegistryError(404, 40409, "Subject '%s' does not have subject-level mode configured"
                .formatted(subject));
    }

    static RegistryError incompatible(String subject, Object details) {
        return new RegistryError(409, 409, "Schema being registered is incompatible with an earlier schema for "
                + "subject \"%s\", details: %s".formatted(subject, details));
    }

    static RegistryError invalidSchema(String why) {
        return new RegistryError(422, 42201, "Invalid schema: " + why);
    }

    static RegistryError invalidVersion(String version) {
        return new RegistryError(422, 42202, "The specified version '%s' is not a valid version id. Allowed values "
                .formatted(version) + "are between [1, 2^31-1] and the string \"latest\"");
    }

    static RegistryError invalidLevel() {
        return new RegistryError(422, 42203, "Invalid compatibility level. Valid values are none, backward, forward, "
                + "full, backward_transitive, forward_transitive, and full_transitive");
    }
}
