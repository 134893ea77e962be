package io.offerflow.contract.registry;

import java.util.List;
import org.apache.avro.Schema;

/** The operations of a schema registry that the service needs: ids of schemas and schemas of ids. */
public interface SchemaRegistry {

    /**
     * Registers a schema under a subject, or finds the id of a registered one.
     *
     * @return the id that goes in front of every value
     * @throws IncompatibleSchemaException if the subject's compatibility level forbids the schema
     * @throws RegistryUnavailableException if the registry gave no answer in time
     */
    int register(String subject, Schema schema);

    /**
     * The schema with this id.
     *
     * @throws UnknownSchemaException if the registry says that there is none, or what it has is no Avro schema
     * @throws RegistryUnavailableException if the registry gave no answer in time
     */
    Schema schemaById(int id);

    /**
     * Ids of all versions of a subject, oldest first; empty if there is no such subject.
     *
     * @throws RegistryUnavailableException if the registry gave no answer in time
     */
    List<Integer> idsOf(String subject);

    /**
     * Sets the compatibility level of a subject, for example {@code FULL_TRANSITIVE}.
     *
     * @throws RegistryUnavailableException if the registry gave no answer in time
     */
    void setCompatibility(String subject, String level);
}
