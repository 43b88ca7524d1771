package org.knockon.schemas.mapping;

import org.apache.avro.Schema;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Requirement;

/** {@code care-services}. Only the key carries the serviceId, so values that are read have none. */
final class CareServiceMapping implements RecordMapping<CareService, org.knockon.avro.CareService> {

    private static final EnumMapping<Category, org.knockon.avro.Category> CATEGORY =
            new EnumMapping<>(Category.class, org.knockon.avro.Category.class);
    private static final EnumMapping<Capability, org.knockon.avro.Capability> CAPABILITY =
            new EnumMapping<>(Capability.class, org.knockon.avro.Capability.class);

    @Override
    public Class<org.knockon.avro.CareService> avroType() {
        return org.knockon.avro.CareService.class;
    }

    @Override
    public Schema schema() {
        return org.knockon.avro.CareService.getClassSchema();
    }

    @Override
    public org.knockon.avro.CareService toAvro(CareService value) {
        return new org.knockon.avro.CareService(
                value.name(),
                value.organisation(),
                value.site(),
                value.siteName(),
                value.specialty(),
                CATEGORY.toAvro(value.category()),
                value.requires().stream().map(CareServiceMapping::toAvro).toList());
    }

    @Override
    public CareService fromAvro(org.knockon.avro.CareService record) {
        return new CareService(
                null,
                record.getName(),
                record.getOrganisation(),
                record.getSite(),
                record.getSiteName(),
                record.getSpecialty(),
                CATEGORY.toCore(record.getCategory()),
                record.getRequires().stream().map(CareServiceMapping::fromAvro).toList());
    }

    private static org.knockon.avro.Requirement toAvro(Requirement requirement) {
        return new org.knockon.avro.Requirement(
                requirement.systemId(),
                CAPABILITY.toAvro(requirement.capability()),
                TimeUnits.toMinutes("tolerance", requirement.tolerance()));
    }

    private static Requirement fromAvro(org.knockon.avro.Requirement record) {
        return new Requirement(
                record.getSystemId(),
                CAPABILITY.toCore(record.getCapability()),
                TimeUnits.fromMinutes("toleranceMinutes", record.getToleranceMinutes()));
    }
}
