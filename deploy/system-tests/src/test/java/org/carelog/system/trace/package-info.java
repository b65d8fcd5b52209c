/** What a collector of traces gets, by the OpenTelemetry protocol alone. */
package org.carelog.system.trace;
