/** Kafka as a child process, from its Maven artifact, and the topics of the deployment. */
package org.carelog.local.kafka;
