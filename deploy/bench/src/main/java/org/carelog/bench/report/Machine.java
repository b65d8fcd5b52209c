package org.carelog.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** On what was measured. */
record Machine(int processors, long memoryMebibytes, String system, String java) {

    static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                system.getAvailableProcessors(),
                system.getTotalMemorySize() >> 20,
                system.getName() + " " + system.getArch(),
                Runtime.version().toString());
    }
}
