package io.offerflow.contract;

import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * What every use of Avro in this project needs first: trust in our generated classes, which Avro 1.12.2 refuses
 * otherwise, and limits on the lengths that bytes may claim, which Avro leaves open.
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
        MODEL.setCustomCoders(true); // writes records whose classes know how, without looking at each field's schema
    }

    private GeneratedClasses() {
    }

    /** The Avro model through which our generated classes are read and written. */
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
