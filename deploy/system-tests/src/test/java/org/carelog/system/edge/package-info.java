/** Kafka's edge: who is let in, who may do what there, and until when. */
package org.carelog.system.edge;
