package io.offerflow.sandbox.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One line of the registry's file: what its content is made of, in the order in which it happened. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RegistryChange.VersionAdded.class, name = "version-added"),
    @JsonSubTypes.Type(value = RegistryChange.VersionDeleted.class, name = "version-deleted"),
    @JsonSubTypes.Type(value = RegistryChange.VersionErased.class, name = "version-erased"),
    @JsonSubTypes.Type(value = RegistryChange.LevelSet.class, name = "level-set"),
    @JsonSubTypes.Type(value = RegistryChange.LevelRemoved.class, name = "level-removed"),
    @JsonSubTypes.Type(value = RegistryChange.GlobalLevelSet.class, name = "global-level-set")})
sealed interface RegistryChange {

    /** A subject has one more version; the id belongs to the schema's text for ever. */
    record VersionAdded(String subject, int version, int id, String schema) implements RegistryChange {
    }

    /** A version is no longer listed, but its id still leads to its schema. */
    record VersionDeleted(String subject, int version) implements RegistryChange {
    }

    /** A deleted version is gone for good. */
    record VersionErased(String subject, int version) implements RegistryChange {
    }

    /** A subject has a compatibility level of its own. */
    record LevelSet(String subject, CompatibilityLevel level) implements RegistryChange {
    }

    /** A subject follows the global level again. */
    record LevelRemoved(String subject) implements RegistryChange {
    }

    /** The level of all subjects that have none of their own. */
    record GlobalLevelSet(CompatibilityLevel level) implements RegistryChange {
    }
}
