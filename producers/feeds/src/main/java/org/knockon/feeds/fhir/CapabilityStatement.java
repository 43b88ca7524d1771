package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The smallest description of the feed that clients accept. */
final class CapabilityStatement {

    private CapabilityStatement() {}

    static ObjectNode of() {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement
                .put("resourceType", "CapabilityStatement")
                .put("status", "active")
                .put("date", "2026-11-30")
                .put("kind", "instance")
                .put("fhirVersion", "4.0.1");
        statement.putObject("software").put("name", "Knock-on");
        statement.putObject("implementation").put("description", "Receives appointments");
        statement.putArray("format").add("json");
        ObjectNode rest = statement.putArray("rest").addObject().put("mode", "server");
        ObjectNode resource = rest.putArray("resource").addObject().put("type", "Appointment");
        interactions(resource.putArray("interaction"), "create", "update", "delete");
        resource.put("updateCreate", true);
        interactions(rest.putArray("interaction"), "transaction", "batch");
        rest.putArray("operation")
                .addObject()
                .put("name", "process-message")
                .put("definition", "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message");
        return statement;
    }

    private static void interactions(ArrayNode list, String... codes) {
        for (String code : codes) {
            list.addObject().put("code", code);
        }
    }
}
