/**
 * The gateway: one FHIR base for all services. It asks each service which types it owns, routes by type, and passes on
 * everything else as it is. It authenticates nobody and records nothing: that is the services' work, so whatever is
 * asked for goes to one of them, also what is nowhere. Its own answers say that a service cannot be reached.
 */
package org.carelog.gateway;
