/** How long a write takes to Kafka, and from there to the other service's copy. */
package org.carelog.bench.event;
