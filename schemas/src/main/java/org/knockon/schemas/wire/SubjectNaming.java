package org.knockon.schemas.wire;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** The subject in the registry to which a record's schema belongs. */
public enum SubjectNaming {
    TopicNameStrategy {
        @Override
        public String subject(String topic, boolean isKey, String recordName) {
            return topic + (isKey ? "-key" : "-value");
        }
    },
    RecordNameStrategy {
        @Override
        public String subject(String topic, boolean isKey, String recordName) {
            return recordName;
        }
    },
    TopicRecordNameStrategy {
        @Override
        public String subject(String topic, boolean isKey, String recordName) {
            return topic + "-" + recordName;
        }
    };

    /** @param recordName full name of the record's schema */
    public abstract String subject(String topic, boolean isKey, String recordName);

    /** Reads the setting: the name of Confluent's class, full or short. The default is the topic name. */
    public static SubjectNaming from(Map<String, ?> config, boolean isKey) {
        String setting = (isKey ? "key" : "value") + ".subject.name.strategy";
        Object value = config.get(setting);
        if (value == null) {
            return TopicNameStrategy;
        }
        String name = value instanceof Class<?> type ? type.getName() : value.toString();
        String shortName = name.substring(name.lastIndexOf('.') + 1);
        for (SubjectNaming naming : values()) {
            if (naming.name().equals(shortName)) {
                return naming;
            }
        }
        throw new ConfigException(
                setting, name, "must be TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
    }
}
