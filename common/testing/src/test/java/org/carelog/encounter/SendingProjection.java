package org.carelog.encounter;

import org.apache.kafka.clients.producer.KafkaProducer;

/** Breaks a rule of the house, for {@link org.carelog.testing.house.RulesTest}. */
public record SendingProjection(KafkaProducer<String, byte[]> producer) {}
