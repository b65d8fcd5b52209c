/** What R4 says of types and their elements, in the form in which JSON is walked. */
package org.carelog.fhir.definition;
