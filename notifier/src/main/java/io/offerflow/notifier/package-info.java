/** The notifier: its settings, its destinations, and what starts and stops it. */
package io.offerflow.notifier;
