package org.knockon.schemas.mapping;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.knockon.avro.SystemHealth;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.wire.PlainReader;

/** Reads {@code system-health}. The order of the statements is that of the fields in the schema. */
final class ObservationReader extends PlainReader<Observation> {

    ObservationReader() {
        super(Observation.class, SystemHealth.getClassSchema());
    }

    @Override
    protected Observation read(Decoder in) throws IOException {
        String systemId = in.readString();
        SystemStatus status = ObservationMapping.STATUS.toCore(in.readEnum());
        long observedAt = in.readLong();
        String monitor = in.readString();
        String detail = isPresent(in) ? in.readString() : null;
        return new Observation(systemId, status, observedAt, monitor, detail);
    }
}
