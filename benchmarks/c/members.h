/* What every member does in a month (cisim.core.kernel.organisation). */

static void frame(const Sim *sim)
{
    Present *restrict m = sim->m;
    double abstracting = sim->p->backbone_abstracting, pull = sim->p->framing_pull, target = sim->p->framing_target;
    double credibility = sim->s->credibility;
    for (int64_t k = 0; k < sim->s->n_members; k++)
        m->effective_weight[k] = m->weight[k] + pull * abstracting * m->resonance[k] * credibility * (target - m->weight[k]); /* E18 */
}

static double means_lost(const Sim *sim, int64_t k)
{
    double lost = 0.0;
    for (int64_t i = 0; i < sim->m->n_providers[k]; i++) {
        int64_t provider = sim->provider[k * sim->places + i];
        double level = provider >= 0 ? sim->m->budget[provider] : 0.0;
        lost += sim->means_from[k * sim->places + i] * larger(0.0, 1.0 - level); /* E60 */
    }
    return lost;
}

static void contribute(const Sim *sim)
{
    const Parameters *p = sim->p;
    Present *restrict m = sim->m;
    int64_t n = sim->s->n_members;
    double readiness = p->contribution_shirking, base = p->contribution_shirking_base;
    double part = p->contribution_shirking_spacing, spacing = p->backbone_spacing, by_size = sim->s->shirking_factor;
    for (int64_t k = 0; k < n; k++) {
        double temptation = readiness * (base + part * spacing) * (1.0 - 0.5 * m->trust[k]);
        m->shirked[k] = clip(temptation * by_size, 0.0, 0.95); /* E23 */
        m->kept[k] = m->commitment[k] * (1.0 - m->shirked[k]);
    }
    for (int64_t k = 0; k < n; k++) m->a[k] = m->n_providers[k] > 0 ? means_lost(sim, k) : 0.0;
    for (int64_t k = 0; k < n; k++)
        m->contribution[k] = m->commitment[k] * m->magnitude[k] * (m->budget[k] * (1.0 - m->a[k])) * (1.0 - m->shirked[k]); /* E24 */
}

static inline double gap(double seen, double aspired, double promised, double weight)
{
    return relative_gap(seen, weight * promised + (1.0 - weight) * aspired); /* E42, E44 */
}

static void appraise(const Sim *sim)
{
    const Parameters *p = sim->p;
    const State *s = sim->s;
    Present *restrict m = sim->m;
    double promise = p->assessment_promise_weight, gazing = p->backbone_gazing, sequential = p->agenda_sequential;
    double attention = s->attention, aversion = p->assessment_loss_aversion, floor = p->assessment_floor;
    double speed = p->assessment_aspiration_speed, seen_social = s->perceived_social, seen_economic = s->perceived_economic;
    for (int64_t k = 0; k < s->n_members; k++) {
        m->social_gap[k] = gap(seen_social, m->aspired_social[k], m->promised_social[k], promise);
        m->economic_gap[k] = gap(seen_economic, m->aspired_economic[k], m->promised_economic[k], promise);
        double weight = m->effective_weight[k] + gazing * sequential * (attention - m->effective_weight[k]); /* E43 */
        double social = m->social_gap[k] >= 0.0 ? m->social_gap[k] : aversion * m->social_gap[k];
        double economic = m->economic_gap[k] >= 0.0 ? m->economic_gap[k] : aversion * m->economic_gap[k];
        m->satisfaction[k] = smaller(1.0, larger(floor, weight * social + (1.0 - weight) * economic)); /* E45 */
        m->aspired_social[k] = approach(m->aspired_social[k], seen_social, speed);                     /* E41 */
        m->aspired_economic[k] = approach(m->aspired_economic[k], seen_economic, speed);
    }
}

static void clash(const Sim *sim)
{
    const Parameters *p = sim->p;
    const State *s = sim->s;
    Present *restrict m = sim->m;
    double mean = s->mean_weight, variance = s->weight_variance, tie_share = p->conflict_tie_share;
    double scale = p->conflict_scale, divergence = p->conflict_divergence_clash;
    double agenda = p->conflict_agenda_clash * 4.0 * s->attention * (1.0 - s->attention); /* E48 */
    double strength = p->conflict_confrontation, spacing = p->backbone_spacing;
    double visible = 1.0 + p->conflict_exposure * (s->conditions[1] - 0.5);
    double neglect = p->conflict_neglect, remembered = s->remembered_attention, tolerance = p->agenda_tolerance;
    for (int64_t k = 0; k < s->n_members; k++) {
        double along_ties = m->n_ties[k] > 0 ? m->tie_sum[k] / (double)m->n_ties[k] : 0.0;
        double off = m->effective_weight[k] - mean;
        m->distance[k] = (1.0 - tie_share) * sqrt(off * off + variance) + tie_share * along_ties;            /* E46 */
        double confronted = strength * visible * (1.0 - spacing) * larger(0.0, -m->satisfaction[k]);         /* E49 */
        double neglected = neglect * larger(0.0, fabs(remembered - m->effective_weight[k]) - tolerance);     /* E50 */
        m->conflict[k] = scale * (agenda + divergence + confronted) * m->distance[k] * (1.0 - m->trust[k]) + neglected; /* E51 */
    }
}

static void gather_grudges(const Sim *sim)
{
    const Parameters *p = sim->p;
    Present *restrict m = sim->m;
    double growth = p->exit_grievance_growth, decay = p->exit_grievance_decay, spacing = p->backbone_spacing;
    double piling = p->framing_backlog_growth, clearing = p->framing_backlog_decay, abstracting = p->backbone_abstracting;
    double credibility = sim->s->credibility;
    for (int64_t k = 0; k < sim->s->n_members; k++) {
        double gathered = growth * spacing * m->distance[k] * (1.0 - m->trust[k]) * larger(0.0, -m->satisfaction[k]);
        m->grievance[k] = m->grievance[k] + gathered - decay * m->grievance[k]; /* E52 */
        double unmet = larger(0.0, -m->economic_gap[k]);
        m->backlog[k] = m->backlog[k] + piling * abstracting * m->resonance[k] * credibility * (1.0 - m->weight[k]) * unmet
                        - clearing * m->backlog[k]; /* E21 */
    }
}

static void depend(const Sim *sim)
{
    const Parameters *p = sim->p;
    Present *m = sim->m;
    for (int64_t k = 0; k < sim->s->n_members; k++) {
        double held = 0.0, squares = 0.0, values = 0.0;
        for (int64_t i = 0; i < m->n_providers[k]; i++) {
            int64_t provider = sim->provider[k * sim->places + i];
            double *share = &sim->means_from[k * sim->places + i];
            *share = provider >= 0 ? *share : *share * (1.0 - p->dependence_recovery); /* E61 */
            if (provider >= 0) {
                held += *share;
                squares += *share * *share;
                values += *share * m->weight[provider];
            }
        }
        if (held >= NEGLIGIBLE) {
            double concentration = squares / (held * held), provider_weight = values / held;
            double relieved = p->dependence_relief * (1.0 - (1.0 - p->backbone_relational_governance) * (1.0 - m->closure[k])); /* E62 */
            m->weight[k] = m->weight[k] + p->dependence_drift * held * concentration * (1.0 - relieved)
                                              * (provider_weight - m->weight[k]); /* E63 */
            double dissonance = fabs(m->weight[k] - m->founding_weight[k]) + 0.5 * fabs(provider_weight - m->weight[k]);
            m->autonomy_lost[k] = held * concentration * dissonance * (1.0 - relieved); /* E64 */
        } else if (m->n_providers[k] > 0)
            m->autonomy_lost[k] = 0.0;
    }
}

static void commit(const Sim *sim)
{
    const Parameters *p = sim->p;
    Present *restrict m = sim->m;
    double abstracting = p->backbone_abstracting, credibility = sim->s->credibility, speed = p->commitment_speed;
    for (int64_t k = 0; k < sim->s->n_members; k++) {
        double frame = abstracting * m->resonance[k] * credibility;
        double binds = p->commitment_satisfaction * m->satisfaction[k] + p->commitment_trust * (m->trust[k] - 0.5)
                       + p->commitment_frame * frame;
        double pushes = p->commitment_conflict * m->conflict[k] + p->commitment_autonomy * m->autonomy_lost[k]
                        + p->commitment_outside * m->outside[k] + p->commitment_lock_in * m->deferred[k];
        double target = 1.0 / (1.0 + exp(-clip(p->commitment_base + binds - pushes, -50.0, 50.0))); /* E65 */
        m->commitment[k] = approach(m->commitment[k], target, speed);
    }
}

/* The hazard of leaving passes; thresholds are out of reach here, so that nobody leaves. */
static void face_hazards(const Sim *sim)
{
    const Parameters *p = sim->p;
    const State *s = sim->s;
    Present *restrict m = sim->m;
    int at_end = s->month % p->backbone_contract_months == 0, at_review = s->month % 12 == 0;
    double inside = exp(p->exit_review * (double)at_review - p->exit_break_penalty);                          /* E95 */
    double rivals = p->exit_rival * (larger(0.0, p->environment_rivals_mean + s->crowding) - 1.0);            /* E91 */
    double climate = p->exit_climate * s->climate, decay = p->exit_deferral_decay, ending = p->exit_contract_end;
    for (int64_t k = 0; k < s->n_members; k++) {
        double disappointment = (p->exit_disappointment + p->exit_evidence * m->evidence_demand[k] * p->backbone_spacing)
                                * larger(0.0, -m->satisfaction[k]); /* E66 */
        double hypocrisy = p->backbone_abstracting * m->resonance[k] * larger(0.0, p->framing_credible - s->credibility); /* E22 */
        double reasons = p->exit_conflict * m->conflict[k] + disappointment + p->exit_dependence * m->autonomy_lost[k]
                         + p->exit_hypocrisy * hypocrisy;
        double protection = climate + p->exit_trust * (m->trust[k] - 0.5) + larger(0.0, p->exit_satisfaction * m->satisfaction[k]);
        double free = p->exit_base_rate * exp(smaller(12.0, reasons + (p->exit_outside * m->outside[k] + rivals) - protection)); /* E67 */
        double surfacing = m->grievance[k] + m->backlog[k];
        double hazard = at_end ? free * exp(smaller(12.0, ending + surfacing)) + m->deferred[k] : free * inside; /* E68 */
        m->deferred[k] = at_end ? 0.0 : m->deferred[k] * (1.0 - decay) + larger(0.0, free - hazard);             /* E69 */
        m->hazard[k] = hazard;
        m->leave_elapsed[k] += hazard;
    }
}
