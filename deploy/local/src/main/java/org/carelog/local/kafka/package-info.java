/** Kafka as a child process, from its Maven artifact, the topics of the deployment, and who may do what with them. */
package org.carelog.local.kafka;
