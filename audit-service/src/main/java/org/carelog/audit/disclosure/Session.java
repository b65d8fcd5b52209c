package org.carelog.audit.disclosure;

/**
 * That a member reads a topic.
 *
 * @param group as {@link GroupPartition} has it
 * @param session the member's id
 */
record Session(String group, String session, String topic) {}
