package io.offerflow.contract.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Resolves the branches of a union of records by name only.
 *
 * <p>Avro resolves a record with an unknown name to any record of the union that its fields fit, so a command of a
 * newer release would be read as a known one whose fields all have defaults. This class replaces a branch with an
 * unknown name by a type that no union of the contract has: a value of that branch cannot be read, values of other
 * branches can.
 */
final class UnionBranchResolver {

    private UnionBranchResolver() {
    }

    /** The writer's schema, to be resolved to the reader's. */
    static Schema strict(Schema writer, Schema reader) {
        if (reader.getType() == Schema.Type.UNION) {
            return saysByName(reader) ? named(writer, reader) : writer;
        }
        if (writer.getType() != reader.getType()) {
            return writer;
        }
        return switch (reader.getType()) {
            case RECORD -> record(writer, reader);
            case ARRAY -> Schema.createArray(strict(writer.getElementType(), reader.getElementType()));
            default -> writer;
        };
    }

    private static boolean saysByName(Schema union) {
        return union.getTypes().stream().filter(branch -> branch.getType() == Schema.Type.RECORD).count() > 1;
    }

    private static Schema named(Schema writer, Schema reader) {
        return switch (writer.getType()) {
            case UNION -> Schema.createUnion(writer.getTypes().stream().map(branch -> named(branch, reader)).toList());
            case RECORD -> branch(writer, reader).map(known -> strict(writer, known)).orElseGet(() ->
                    Schema.createFixed(writer.getName(), "not known to this release", writer.getNamespace(), 0));
            default -> writer;
        };
    }

    private static Optional<Schema> branch(Schema writer, Schema reader) {
        return reader.getTypes().stream().filter(known -> known.getType() == Schema.Type.RECORD
                && known.getFullName().equals(writer.getFullName())).findFirst();
    }

    private static Schema record(Schema writer, Schema reader) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : writer.getFields()) {
            Schema.Field known = reader.getField(field.name());
            fields.add(new Schema.Field(field,
                    known == null ? field.schema() : strict(field.schema(), known.schema())));
        }
        Schema strict = Schema.createRecord(writer.getName(), writer.getDoc(), writer.getNamespace(), false, fields);
        writer.getAliases().forEach(strict::addAlias);
        return strict;
    }
}
