package io.offerflow.domain.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents a rule setting for operators; docs/configuration.md is generated from it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface SettingDoc {
    /** One phrase with the ids of the rules it belongs to. */
    String value();

    /** The value of a limit that is not set; the other settings have theirs in {@link Policy#DEFAULT}. */
    int standard() default 0;
}
