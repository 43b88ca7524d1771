package org.knockon.schemas.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Names of the serializer and deserializer for the wire format. No other code knows which classes they are. */
record WireClasses(String serializer, String deserializer) {

    /** The names that the build wrote into {@code serde.properties}. */
    static WireClasses ofThisBuild() {
        try (InputStream in = WireClasses.class.getResourceAsStream("serde.properties")) {
            Properties names = new Properties();
            names.load(in);
            return new WireClasses(names.getProperty("serializer"), names.getProperty("deserializer"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // serializers of arbitrary Avro records accept objects
    Serializer<Object> newSerializer() {
        return (Serializer<Object>) instance(serializer, Serializer.class);
    }

    @SuppressWarnings("unchecked") // and deserializers return them
    Deserializer<Object> newDeserializer() {
        return (Deserializer<Object>) instance(deserializer, Deserializer.class);
    }

    private static <T> T instance(String className, Class<T> type) {
        try {
            return Utils.newInstance(className, type);
        } catch (ClassNotFoundException e) {
            throw new KafkaException("the serde class of this build, " + className + ", is not on the class path", e);
        }
    }
}
