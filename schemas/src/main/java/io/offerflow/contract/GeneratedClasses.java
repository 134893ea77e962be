package io.offerflow.contract;

import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * The Avro model of this project: it trusts the generated classes, which Avro 1.12.2 refuses otherwise, and limits the
 * lengths of strings, bytes and collections, which Avro does not.
 */
public final class GeneratedClasses {

    private static final String PACKAGE = "io.offerflow.avro";
    private static final SpecificData MODEL;

    static {
        limit("bytes.maxLength", 16 * 1024 * 1024);
        limit("string.maxLength", 2 * 1024 * 1024);
        limit("collectionItems.maxLength", 100_000);
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getPackageName().startsWith(PACKAGE)));
        MODEL = new SpecificData(GeneratedClasses.class.getClassLoader());
        MODEL.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        MODEL.setCustomCoders(true); // uses the generated encoders, which do not look at the schema of each field
    }

    private GeneratedClasses() {
    }

    /** The Avro model that reads and writes the generated classes. */
    public static SpecificData model() {
        return MODEL;
    }

    private static void limit(String name, int value) {
        String property = "org.apache.avro.limits." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
