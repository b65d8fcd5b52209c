package org.carelog.audit.disclosure;

/**
 * What a consumer group reads one behind the other.
 *
 * @param group its name, or if that is none that can be kept, what stands for it
 */
record GroupPartition(String group, String topic, int partition) {}
