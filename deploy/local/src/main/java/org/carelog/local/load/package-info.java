/** Loads FHIR R4 files, or a population that Synthea makes up, through the public API. */
package org.carelog.local.load;
