package org.knockon.streams.app;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Memory of the machine or, in a container, its limit. */
final class MachineMemory {

    private MachineMemory() {}

    /** Bytes. The JVM reads the limit of the control group. */
    static long bytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
