package org.carelog.patient;

import java.net.http.HttpClient;

/** Breaks a rule of the house, for {@link org.carelog.testing.house.RulesTest}. */
public record CallingProjection(HttpClient owner) {}
