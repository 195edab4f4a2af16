/**
 * The built EAR on real servers. Every {@code *IT} runs once on Open Liberty and once on Payara Server; the property
 * {@code gateway.server} says on which. {@link org.sluice.gateway.it.ServerUnderTest} starts and ends instances, each with
 * ports and a data directory of its own below {@code target}. One shared instance serves all tests that do not break it;
 * {@link org.sluice.gateway.it.FaultServer} is another, whose providers misbehave. Tests that kill, stop or starve a server
 * have instances of their own. {@code gateway.it.kills} and {@code gateway.it.outage-seconds} make those longer or shorter.
 */
package org.sluice.gateway.it;
