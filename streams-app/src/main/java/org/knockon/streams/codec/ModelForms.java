package org.knockon.streams.codec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.ServiceStandard;

/** How records of the model are written inside a form. */
final class ModelForms {

    private ModelForms() {}

    static void write(MonitoredSystem system, ByteWriter out) {
        MonitoringPolicy policy = system.monitoring();
        out.writeString(system.systemId())
                .writeString(system.name())
                .writeString(system.organisation())
                .writeString(system.kind())
                .writeStrings(system.dependsOn())
                .writeLong(policy.confirmAfter())
                .writeLong(policy.recoverAfter())
                .writeLong(policy.silenceAfter())
                .writeBoolean(system.standard() != null);
        if (system.standard() != null) {
            BigDecimal percent = system.standard().availabilityPercent();
            out.writeString(percent == null ? "" : percent.toPlainString())
                    .writeLong(system.standard().longestOutageMinutes());
        }
    }

    static MonitoredSystem readSystem(ByteReader in) {
        return new MonitoredSystem(
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                new HashSet<>(in.readStrings()),
                new MonitoringPolicy(in.readLong(), in.readLong(), in.readLong()),
                in.readBoolean() ? readStandard(in) : null);
    }

    private static ServiceStandard readStandard(ByteReader in) {
        String percent = in.readString();
        return new ServiceStandard(percent.isEmpty() ? null : new BigDecimal(percent), in.readInt());
    }

    /** Leaves out the name of its site, which no rule needs. */
    static void write(CareService service, ByteWriter out) {
        out.writeString(service.serviceId())
                .writeString(service.name())
                .writeString(service.organisation())
                .writeString(service.site())
                .writeString(service.specialty())
                .writeEnum(StateEnums.CATEGORY, service.category())
                .writeLong(service.requires().size());
        for (Requirement requirement : service.requires()) {
            out.writeString(requirement.systemId())
                    .writeEnum(StateEnums.CAPABILITY, requirement.capability())
                    .writeLong(requirement.tolerance());
        }
    }

    static CareService readService(ByteReader in) {
        String serviceId = in.readString();
        String name = in.readString();
        String organisation = in.readString();
        String site = in.readString();
        String specialty = in.readString();
        Category category = in.readEnum(StateEnums.CATEGORY);
        int count = in.readInt();
        List<Requirement> requires = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requires.add(new Requirement(in.readString(), in.readEnum(StateEnums.CAPABILITY), in.readLong()));
        }
        return new CareService(serviceId, name, organisation, site, specialty, category, requires);
    }

    static void write(Outage outage, ByteWriter out) {
        out.writeString(outage.systemId())
                .writeLong(outage.startedAt())
                .writeLong(outage.endedAt())
                .writeBoolean(outage.planned())
                .writeEnum(StateEnums.EVIDENCE, outage.evidence())
                .writeLong(outage.confirmedAt());
    }

    static Outage readOutage(ByteReader in) {
        return new Outage(
                in.readString(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readEnum(StateEnums.EVIDENCE),
                in.readLong());
    }

    static void write(Impact impact, ByteWriter out) {
        out.writeEnum(StateEnums.IMPACT_STATE, impact.state())
                .writeString(impact.serviceId())
                .writeString(impact.organisation())
                .writeString(impact.site())
                .writeEnum(StateEnums.CATEGORY, impact.category())
                .writeEnum(StateEnums.PRIORITY, impact.priority())
                .writeLong(impact.slotStart())
                .writeStrings(impact.outageIds())
                .writeLong(impact.outagesTotal())
                .writeStrings(impact.rootCauses())
                .writeLong(impact.rootCausesTotal())
                .writeLong(impact.capabilities().size());
        impact.capabilities().forEach(capability -> out.writeEnum(StateEnums.CAPABILITY, capability));
        writeNullable(impact.firstPostponedSlot(), out);
        writeNullable(impact.newSlot(), out);
        writeNullable(impact.delayMinutes(), out);
        out.writeLong(impact.timesPostponed()).writeBoolean(impact.historyTruncated());
    }

    static Impact readImpact(ByteReader in) {
        ImpactState state = in.readEnum(StateEnums.IMPACT_STATE);
        String serviceId = in.readString();
        String organisation = in.readString();
        String site = in.readString();
        Category category = in.readEnum(StateEnums.CATEGORY);
        Priority priority = in.readEnum(StateEnums.PRIORITY);
        long slotStart = in.readLong();
        List<String> outageIds = in.readStrings();
        int outagesTotal = in.readInt();
        List<String> rootCauses = in.readStrings();
        int rootCausesTotal = in.readInt();
        int count = in.readInt();
        List<Capability> capabilities = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            capabilities.add(in.readEnum(StateEnums.CAPABILITY));
        }
        return new Impact(
                state,
                serviceId,
                organisation,
                site,
                category,
                priority,
                slotStart,
                outageIds,
                outagesTotal,
                rootCauses,
                rootCausesTotal,
                capabilities,
                readNullable(in),
                readNullable(in),
                readNullable(in),
                in.readInt(),
                in.readBoolean());
    }

    static void write(ImpactCounts counts, ByteWriter out) {
        out.writeLong(counts.atRisk())
                .writeLong(counts.unconfirmed())
                .writeLong(counts.deliveredInDowntime())
                .writeLong(counts.awaitingDate())
                .writeLong(counts.rebooked())
                .writeLong(counts.recovered())
                .writeLong(counts.abandoned())
                .writeLong(counts.delayMinutes());
    }

    static ImpactCounts readCounts(ByteReader in) {
        return new ImpactCounts(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static void writeNullable(Long value, ByteWriter out) {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeLong(value);
        }
    }

    private static Long readNullable(ByteReader in) {
        return in.readBoolean() ? in.readLong() : null;
    }
}
