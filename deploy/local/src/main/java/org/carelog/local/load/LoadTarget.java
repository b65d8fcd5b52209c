package org.carelog.local.load;

import java.net.URI;

/**
 * The running system, as a load sees it.
 *
 * @param fhirBase the public FHIR base URL
 * @param tokens of the service account that loads
 */
public record LoadTarget(URI fhirBase, BearerTokens tokens) {}
