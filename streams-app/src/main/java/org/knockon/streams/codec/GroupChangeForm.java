package org.knockon.streams.codec;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Priority;

final class GroupChangeForm extends Form<GroupChange> {

    GroupChangeForm() {
        super("group change", 3);
    }

    @Override
    void write(GroupChange value, ByteWriter out) {
        CellGroup group = value.group();
        out.writeString(group.serviceId())
                .writeString(group.organisation())
                .writeString(group.site())
                .writeString(group.specialty())
                .writeEnum(StateEnums.CATEGORY, group.category())
                .writeEnum(StateEnums.PRIORITY, group.priority())
                .writeLong(group.quarterHour())
                .writeStrings(group.outageIds())
                .writeStrings(group.rootCauses())
                .writeLong(group.capabilities().size());
        group.capabilities().forEach(capability -> out.writeEnum(StateEnums.CAPABILITY, capability));
        ModelForms.write(value.change(), out);
    }

    @Override
    GroupChange read(ByteReader in) {
        String serviceId = in.readString();
        String organisation = in.readString();
        String site = in.readString();
        String specialty = in.readString();
        Category category = in.readEnum(StateEnums.CATEGORY);
        Priority priority = in.readEnum(StateEnums.PRIORITY);
        long quarterHour = in.readLong();
        List<String> outageIds = in.readStrings();
        List<String> rootCauses = in.readStrings();
        int count = in.readInt();
        List<Capability> capabilities = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            capabilities.add(in.readEnum(StateEnums.CAPABILITY));
        }
        CellGroup group = new CellGroup(
                serviceId,
                organisation,
                site,
                specialty,
                category,
                priority,
                quarterHour,
                outageIds,
                rootCauses,
                capabilities);
        return new GroupChange(group, ModelForms.readCounts(in));
    }
}
