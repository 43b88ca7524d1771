package org.knockon.containertests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that needs a Docker engine. It is skipped, with the reason on standard output, where there is none, or
 * where an image is missing: tests pull nothing. ./verify provides both.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EngineCondition.class)
@interface InContainers {

    Image[] images();

    /** Whether the class needs Docker Compose, too. */
    boolean compose() default false;
}
