/**
 * The built EAR on real servers. Every {@code *IT} runs once on Open Liberty and once on Payara Server; the property
 * {@code gateway.server} says on which. {@link org.sluice.gateway.it.ServerUnderTest} starts and ends instances, each with
 * ports and a data directory of its own below {@code target}. One shared instance serves all tests that do not break it.
 */
package org.sluice.gateway.it;
