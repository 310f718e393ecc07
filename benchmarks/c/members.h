/* What every member does in a month (cisim.core.kernel.members). */

static void frame(const Sim *sim, Member *m)
{
    const Parameters *p = sim->p;
    m->effective_weight = m->weight + p->framing_pull * p->backbone_abstracting * m->resonance * sim->s->credibility
                                          * (p->framing_target - m->weight); /* E18 */
}

static void contribute(const Sim *sim, int64_t slot)
{
    const Parameters *p = sim->p;
    Member *m = &sim->members[slot];
    double temptation = p->contribution_shirking
                        * (p->contribution_shirking_base + p->contribution_shirking_spacing * p->backbone_spacing)
                        * (1.0 - 0.5 * m->trust);
    m->shirked = clip(temptation * pow((double)sim->s->n_members / 25.0, p->contribution_shirking_size), 0.0, 0.95); /* E23 */
    double lost = 0.0;
    for (int64_t i = 0; i < m->n_providers; i++) {
        const Member *provider = &sim->members[sim->provider[slot * sim->slots + i]];
        double level = provider->is_member ? provider->budget : 0.0;
        lost += sim->means_from[slot * sim->slots + i] * larger(0.0, 1.0 - level); /* E60 */
    }
    m->contribution = m->commitment * m->magnitude * (m->budget * (1.0 - lost)) * (1.0 - m->shirked); /* E24 */
}

static inline double gap(double seen, double aspired, double promised, double weight)
{
    return relative_gap(seen, weight * promised + (1.0 - weight) * aspired); /* E42, E44 */
}

static void appraise(const Sim *sim, Member *m)
{
    const Parameters *p = sim->p;
    const State *s = sim->s;
    m->social_gap = gap(s->perceived_social, m->aspired_social, m->promised_social, p->assessment_promise_weight);
    m->economic_gap = gap(s->perceived_economic, m->aspired_economic, m->promised_economic, p->assessment_promise_weight);
    double weight = m->effective_weight
                    + p->backbone_gazing * p->agenda_sequential * (s->attention - m->effective_weight); /* E43 */
    double social = m->social_gap >= 0.0 ? m->social_gap : p->assessment_loss_aversion * m->social_gap;
    double economic = m->economic_gap >= 0.0 ? m->economic_gap : p->assessment_loss_aversion * m->economic_gap;
    m->satisfaction = smaller(1.0, larger(p->assessment_floor, weight * social + (1.0 - weight) * economic)); /* E45 */
    m->aspired_social = approach(m->aspired_social, s->perceived_social, p->assessment_aspiration_speed);      /* E41 */
    m->aspired_economic = approach(m->aspired_economic, s->perceived_economic, p->assessment_aspiration_speed);
}

static void clash(const Sim *sim, Member *m)
{
    const Parameters *p = sim->p;
    const State *s = sim->s;
    double along_ties = m->n_ties > 0 ? m->tie_sum / (double)m->n_ties : 0.0;
    double off = m->effective_weight - s->mean_weight;
    m->distance = (1.0 - p->conflict_tie_share) * sqrt(off * off + s->weight_variance) + p->conflict_tie_share * along_ties; /* E46 */
    double agenda = p->conflict_agenda_clash * 4.0 * s->attention * (1.0 - s->attention); /* E48 */
    double visible = 1.0 + p->conflict_exposure * (s->conditions[1] - 0.5);
    double confronted = p->conflict_confrontation * visible * (1.0 - p->backbone_spacing) * larger(0.0, -m->satisfaction); /* E49 */
    double neglected = p->conflict_neglect
                       * larger(0.0, fabs(s->remembered_attention - m->effective_weight) - p->agenda_tolerance); /* E50 */
    m->conflict = p->conflict_scale * (agenda + p->conflict_divergence_clash + confronted) * m->distance * (1.0 - m->trust)
                  + neglected; /* E51 */
    double gathered = p->exit_grievance_growth * p->backbone_spacing * m->distance * (1.0 - m->trust) * larger(0.0, -m->satisfaction);
    m->grievance = m->grievance + gathered - p->exit_grievance_decay * m->grievance; /* E52 */
    double unmet = larger(0.0, -m->economic_gap);
    m->backlog = m->backlog
                 + p->framing_backlog_growth * p->backbone_abstracting * m->resonance * s->credibility * (1.0 - m->weight) * unmet
                 - p->framing_backlog_decay * m->backlog; /* E21 */
}

static void depend(const Sim *sim, int64_t slot)
{
    const Parameters *p = sim->p;
    Member *m = &sim->members[slot];
    double held = 0.0, squares = 0.0, values = 0.0;
    for (int64_t i = 0; i < m->n_providers; i++) {
        const Member *provider = &sim->members[sim->provider[slot * sim->slots + i]];
        double *share = &sim->means_from[slot * sim->slots + i];
        *share = provider->is_member > 0 ? *share : *share * (1.0 - p->dependence_recovery); /* E61 */
        if (provider->is_member) {
            held += *share;
            squares += *share * *share;
            values += *share * provider->weight;
        }
    }
    if (m->n_providers == 0) return;
    if (held < NEGLIGIBLE) {
        m->autonomy_lost = 0.0;
        return;
    }
    double concentration = squares / (held * held), provider_weight = values / held;
    double relieved = p->dependence_relief * (1.0 - (1.0 - p->backbone_relational_governance) * (1.0 - m->closure)); /* E62 */
    m->weight = m->weight + p->dependence_drift * held * concentration * (1.0 - relieved) * (provider_weight - m->weight); /* E63 */
    double dissonance = fabs(m->weight - m->founding_weight) + 0.5 * fabs(provider_weight - m->weight);
    m->autonomy_lost = held * concentration * dissonance * (1.0 - relieved); /* E64 */
}

static void commit(const Sim *sim, Member *m)
{
    const Parameters *p = sim->p;
    double frame = p->backbone_abstracting * m->resonance * sim->s->credibility;
    double binds = p->commitment_satisfaction * m->satisfaction + p->commitment_trust * (m->trust - 0.5) + p->commitment_frame * frame;
    double pushes = p->commitment_conflict * m->conflict + p->commitment_autonomy * m->autonomy_lost
                    + p->commitment_outside * m->outside + p->commitment_lock_in * m->deferred;
    double target = 1.0 / (1.0 + exp(-clip(p->commitment_base + binds - pushes, -50.0, 50.0))); /* E65 */
    m->commitment = approach(m->commitment, target, p->commitment_speed);
}

/* The hazard of leaving and its clock; thresholds are out of reach here, so that nobody leaves. */
static void decide(const Sim *sim, Member *m)
{
    const Parameters *p = sim->p;
    const State *s = sim->s;
    double disappointment = (p->exit_disappointment + p->exit_evidence * m->evidence_demand * p->backbone_spacing)
                            * larger(0.0, -m->satisfaction); /* E66 */
    double hypocrisy = p->backbone_abstracting * m->resonance * larger(0.0, p->framing_credible - s->credibility); /* E22 */
    double reasons = p->exit_conflict * m->conflict + disappointment + p->exit_dependence * m->autonomy_lost
                     + p->exit_hypocrisy * hypocrisy;
    double rivals = larger(0.0, p->environment_rivals_mean + s->crowding); /* E91 */
    double outside = p->exit_outside * m->outside + p->exit_rival * (rivals - 1.0);
    double protection = p->exit_climate * s->climate + p->exit_trust * (m->trust - 0.5)
                        + larger(0.0, p->exit_satisfaction * m->satisfaction);
    double free = p->exit_base_rate * exp(smaller(12.0, reasons + outside - protection)); /* E67 */
    int at_end = s->month % p->backbone_contract_months == 0, at_review = s->month % 12 == 0;
    m->hazard = at_end ? free * exp(smaller(12.0, p->exit_contract_end + (m->grievance + m->backlog))) + m->deferred
                       : free * exp(p->exit_review * (double)at_review - p->exit_break_penalty); /* E68 */
    m->deferred = at_end ? 0.0 : m->deferred * (1.0 - p->exit_deferral_decay) + larger(0.0, free - m->hazard); /* E69 */
    m->leave_elapsed += m->hazard;
}
