/** Holds a service against its own CapabilityStatement. */
package org.carelog.testing.metadata;
